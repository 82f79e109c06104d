# SPDX-License-Identifier: BSD-2-Clause
prog := skgen
src := api.c api_calls.c bits.c bits_pbf.c bits_xml.c cmd_config.c cmd_generate.c cmd_rpc.c \
    condition.c config.c diag.c emit_api.c emit_bits.c emit_cap.c emit_code.c emit_docs.c emit_fault.c \
    emit_header.c emit_kernel.c emit_stub.c emit_twins.c gen.c idl.c idl_number.c idl_type.c main.c need.c \
    out.c rpc_client.c rpc_code.c rpc_compare.c rpc_names.c rpc_read.c rpc_server.c rpc_type.c rpc_types.c \
    snake.c typed.c typed_args.c xml.c xml_prose.c
uses := base
pkgs := expat jansson
