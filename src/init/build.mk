# SPDX-License-Identifier: BSD-2-Clause
# All of the initialiser but its entry. The composer and the unit tests compile the same files;
# perform.c alone knows seL4. Small before fast, as in rt: what traps would find, the check has
# found before, and the host's tests find with sanitizers.
lib    := selkie-init
needs  := KERNEL_MCS
src    := allocate.c check.c check_memory.c check_threads.c execute.c execute_memory.c \
          execute_threads.c hand_over.c names.c perform.c
cflags := -Os -fomit-frame-pointer \
          -fno-sanitize=null,alignment,object-size,pointer-overflow,shift,bounds
