# SPDX-License-Identifier: BSD-2-Clause
prog   := fault-panic
src    := main.c
panic  := unwind
fault  := panic
cflags := -fnon-call-exceptions
