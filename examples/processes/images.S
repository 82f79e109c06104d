/*
 * The programs that the shell starts, as they were linked.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
    .section .rodata

    .balign 16
    .global greeter_image, greeter_image_end
greeter_image:
    .incbin "../examples/processes/greeter.elf"
greeter_image_end:

    .balign 16
    .global spinner_image, spinner_image_end
spinner_image:
    .incbin "../examples/processes/spinner.elf"
spinner_image_end:

    .balign 16
    .global worker_image, worker_image_end
worker_image:
    .incbin "../examples/processes/worker.elf"
worker_image_end:

    .section .note.GNU-stack, "", %progbits
