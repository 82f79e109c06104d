# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-unwind
src := frame.S
