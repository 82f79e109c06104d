# SPDX-License-Identifier: BSD-2-Clause
system  := settings.system
domains := examples/settings/settings
needs   := KERNEL_MCS
