# SPDX-License-Identifier: BSD-2-Clause
prog  := catch
src   := main.c
panic := unwind
