# SPDX-License-Identifier: BSD-2-Clause
src := diag_test.c source_test.c table_test.c xml_test.c
uses := base
