# SPDX-License-Identifier: BSD-2-Clause
lib := compose
src := program.c tables.c
