# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-task
src := stop.S
