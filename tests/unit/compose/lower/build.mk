# SPDX-License-Identifier: BSD-2-Clause
src   := privilege_test.c program_test.c
units := tests/unit/compose/scene.c
uses  := compose compose-lower compose-show compose-model compose-sdf image base
pkgs  := jansson expat
