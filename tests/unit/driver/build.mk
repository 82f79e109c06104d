# SPDX-License-Identifier: BSD-2-Clause
src   := pl011_test.c pl011_model.c
units := src/driver/pl011.c
