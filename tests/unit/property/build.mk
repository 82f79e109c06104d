# SPDX-License-Identifier: BSD-2-Clause
src    := operation_test.c
units  := tests/property/operation.c
cflags := -Itests/property
