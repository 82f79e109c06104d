# SPDX-License-Identifier: BSD-2-Clause
prog   := init-image
src    := image.c main.c
units  := tests/init/builder.c $(addprefix src/init/,allocate.c check.c check_memory.c \
          check_threads.c execute.c execute_memory.c execute_threads.c hand_over.c names.c)
