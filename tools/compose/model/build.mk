# SPDX-License-Identifier: BSD-2-Clause
lib := compose-model
src := emit_cdl.c emit_dot.c emit_json.c emit_viper.c encode.c encode_caps.c encode_memory.c encode_objects.c model.c
pkgs := jansson
