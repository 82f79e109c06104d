# SPDX-License-Identifier: BSD-2-Clause
prog := mutate
src := mutate.c
