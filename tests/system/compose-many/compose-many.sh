#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A server with 200 clients, each with a channel that both may signal and that the client may
# call by.
set -eu
count=200

echo '<system xmlns:sk="https://selkie.systems/sdf/1">'
echo "<protection_domain name=\"server\" priority=\"200\" sk:channels=\"$count\">" \
    '<program_image path="server.elf" /></protection_domain>'
i=0
while [ $i -lt $count ]; do
    echo "<protection_domain name=\"client$i\" priority=\"100\" stack_size=\"0x1000\">" \
        '<program_image path="client.elf" /></protection_domain>'
    echo "<channel><end pd=\"server\" id=\"$i\" />" \
        "<end pd=\"client$i\" id=\"1\" pp=\"true\" /></channel>"
    i=$((i + 1))
done
echo '</system>'
