# SPDX-License-Identifier: BSD-2-Clause
lib := compose-sdf
src := attr.c check_domain.c check_links.c check_memory.c names.c number.c read_channel.c \
    read_cspace.c read_domain.c read_irq.c read_map.c read_region.c read_schedule.c \
    read_vm.c read_x86.c reader.c sdf.c span.c warn.c warn_calls.c
