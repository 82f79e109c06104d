# SPDX-License-Identifier: BSD-2-Clause
lib   := selkie-sink-debug
src   := sink.c
needs := PRINTING
