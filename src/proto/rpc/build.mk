# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-proto
src := bytes.c client.c discard.c page.c server.c tame.c
ipc := user global
