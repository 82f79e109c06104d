# SPDX-License-Identifier: BSD-2-Clause
prog   := fortify
src    := main.c
panic  := unwind
