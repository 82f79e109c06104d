# SPDX-License-Identifier: BSD-2-Clause
prog  := abort-catch
src   := main.c
panic := abort
