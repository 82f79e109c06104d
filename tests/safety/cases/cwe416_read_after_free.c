/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-416: a block is read just after it was freed */
/* EXPECT: gcc analyzer host=asan */
#include "../safety.h"

struct job {
    int id;
    int status;
};

/* BAD */
BAD
{
    struct job *job = malloc(sizeof(*job));

    if (job != NULL) {
        job->id = (int)given(3);
        job->status = 0;
        free(job);
        show("job %d is done\n", job->id);
    }
}

/* GOOD */
GOOD
{
    struct job *job = malloc(sizeof(*job));

    if (job != NULL) {
        job->id = (int)given(3);
        job->status = 0;
        show("job %d is done\n", job->id);
        free(job);
    }
}
