/* The C library of the machine that builds. SPDX-License-Identifier: BSD-2-Clause */
#pragma once

#include <stdlib.h>
#include <string.h>
