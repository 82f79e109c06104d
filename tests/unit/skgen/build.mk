# SPDX-License-Identifier: BSD-2-Clause
src := base_test.c bits_test.c condition_test.c fixture.c idl_number_test.c prose_test.c
units := tools/skgen/bits.c tools/skgen/bits_pbf.c tools/skgen/bits_xml.c \
    tools/skgen/condition.c tools/skgen/config.c tools/skgen/diag.c tools/skgen/idl_number.c \
    tools/skgen/snake.c tools/skgen/xml.c tools/skgen/xml_prose.c
uses := base
pkgs := expat jansson
cflags := -Itools/skgen
