# SPDX-License-Identifier: BSD-2-Clause
src   := emit_test.c encode_test.c
units := tests/unit/compose/scene.c
uses  := compose compose-lower compose-show compose-model compose-sdf image base
pkgs  := jansson expat
