#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# As many domains as Microkit has, and a channel between any two of them: 62 for each. Domain i
# knows domain j by the channel j, or j - 1 if j comes after itself. All may call d0.
set -eu
count=63

echo '<system>'
i=0
while [ $i -lt $count ]; do
    echo "<protection_domain name=\"d$i\" priority=\"$((i == 0 ? 200 : 100))\">" \
        '<program_image path="member.elf" /></protection_domain>'
    i=$((i + 1))
done
i=0
while [ $i -lt $count ]; do
    j=$((i + 1))
    while [ $j -lt $count ]; do
        pp=$([ $i -ne 0 ] || echo 'pp="true"')
        echo "<channel><end pd=\"d$i\" id=\"$((j - 1))\" />" \
            "<end pd=\"d$j\" id=\"$i\" $pp /></channel>"
        j=$((j + 1))
    done
    i=$((i + 1))
done
echo '</system>'
