# SPDX-License-Identifier: BSD-2-Clause
src := own_test.c
