# SPDX-License-Identifier: BSD-2-Clause
lib := compose-show
src := graph.c header.c
