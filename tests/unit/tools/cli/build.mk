# SPDX-License-Identifier: BSD-2-Clause
src := output_test.c standard_test.c
uses := cli
pkgs := jansson
