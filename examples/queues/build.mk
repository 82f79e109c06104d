# SPDX-License-Identifier: BSD-2-Clause
prog  := queues
src   := main.c collect.c sensor.c
uses  := selkie-driver selkie-proto
