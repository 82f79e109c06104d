# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-alloc
src := index.c record_pool.c slot_block.c slot_pool.c untyped_check.c untyped_pool.c
