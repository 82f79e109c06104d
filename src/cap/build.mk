# SPDX-License-Identifier: BSD-2-Clause
lib := selkie
src := blueprint.c budget.c caller.c cspace.c error.c fault.c fault_print.c mutex.c owned.c slot.c text.c
src.mcs     := blueprint_mcs.c caller_mcs.c
src.classic := caller_classic.c
