# SPDX-License-Identifier: BSD-2-Clause
prog      := notes
src       := main.c server.c images.S
uses      := selkie-proto selkie-task selkie-alloc
protocols := idl/proto/notes.xml
embeds    := examples/notes/client
