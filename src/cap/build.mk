# SPDX-License-Identifier: BSD-2-Clause
lib := selkie
src := blueprint.c cspace.c error.c owned.c slot.c text.c
src.mcs     := blueprint_mcs.c
