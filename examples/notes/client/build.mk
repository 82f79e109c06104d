# SPDX-License-Identifier: BSD-2-Clause
prog      := notes-client
src       := main.c
env       := task
uses      := selkie-proto selkie-task
protocols := idl/proto/notes.xml
