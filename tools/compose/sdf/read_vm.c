/* SPDX-License-Identifier: BSD-2-Clause */
#include "attr.h"

#define FIELD(f) offsetof(struct sk_system_vm, f)

static void not_on_x86(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
                       void *out)
{
    (void)out;
    bad_attr(r, n->name, attr->name, attr->at, "delete it",
             "on x86 a virtual machine runs in the time of its monitor");
}

static const struct attr_rule rules[] = {
    /* The first three are x86's. */
    {"priority", ATTR_SPECIAL, .read = not_on_x86},
    {"budget", ATTR_SPECIAL, .read = not_on_x86},
    {"period", ATTR_SPECIAL, .read = not_on_x86},
    {"name", ATTR_TEXT, true, FIELD(name), .example = "linux"},
    {"priority", ATTR_NUMBER, false, FIELD(priority), .max = 254, .example = "100"},
    {"budget", ATTR_NUMBER, false, FIELD(budget_us), .otherwise = 1000, .max = UINT64_MAX,
     .example = "1000"},
    {"period", ATTR_NUMBER, false, FIELD(period_us), .otherwise = 1000, .min = 1,
     .max = UINT64_MAX, .example = "1000"},
};

enum { X86_RULES = 3, RULE_COUNT = sizeof(rules) / sizeof(rules[0]) };

static void read_vcpus(struct reader *r, const struct xml_node *n, struct sk_system_vm *vm)
{
    static const struct attr_rule vcpu_rules[] = {
        {"id", ATTR_DECIMAL, true, offsetof(struct sk_system_vcpu, id),
         .max = SK_SYSTEM_CHANNELS_MAX - 1, .example = "0"},
        {"cpu", ATTR_NUMBER, false, offsetof(struct sk_system_vcpu, cpu), .max = UINT64_MAX,
         .example = "0"},
        {"setvar_id", ATTR_TEXT, false, offsetof(struct sk_system_vcpu, setvar_id),
         .example = "vcpu_id"},
    };
    size_t count = count_children(n, "vcpu");

    vm->vcpus = TAKE(r, struct sk_system_vcpu, count);
    FOR_CHILDREN(child, n, "vcpu")
    {
        struct sk_system_vcpu *vcpu = &vm->vcpus[vm->vcpu_count++];
        vcpu->at = child->at;
        read_attrs(r, child, RULES(vcpu_rules), vcpu);
        check_children(r, child, "");
        if (!vcpu->cpu.is_given) {
            vcpu->cpu.value = vm->domain->cpu.value;
        }
        if (vcpu->setvar_id.value != NULL) {
            add_setvar(r, vm->domain, SK_SYSTEM_SETVAR_ID, child->name, "setvar_id",
                       &vcpu->setvar_id)
                ->value = vcpu->id.value;
        }
    }
    if (count == 0) {
        bad_element(r, n->name, n->at, "<vcpu id=\"0\" />", "it has no 'vcpu'");
    } else if (count > 1 && r->limits->isa == SK_SDF_X86_64) {
        bad_element(r, n->name, vm->vcpus[1].at, "delete all but one",
                    "on x86 a virtual machine has one vcpu");
    }
}

void read_vm(struct reader *r, const struct xml_node *n, struct sk_system_domain *d)
{
    const struct xml_node *child = find_from(xml_first(n), "virtual_machine");
    bool is_x86 = r->limits->isa == SK_SDF_X86_64;

    if (child == NULL) {
        return;
    }
    struct sk_system_vm *vm = TAKE(r, struct sk_system_vm, 1);
    d->vm = vm;
    *vm = (struct sk_system_vm){.at = child->at, .domain = d};
    if (!r->limits->has_hypervisor) {
        bad_element(r, child->name, child->at, "choose a board with a hypervisor kernel",
                    "the kernel for %s is no hypervisor", r->limits->board);
    }
    read_attrs(r, child, is_x86 ? rules : rules + X86_RULES,
               is_x86 ? X86_RULES + 1 : RULE_COUNT - X86_RULES, vm);
    if (!vm->period_us.is_given) {
        vm->period_us.value = vm->budget_us.value;
    }
    declare(r, &r->vms, child->name, &vm->name, vm);
    check_children(r, child, "vcpu map");
    read_vcpus(r, child, vm);
    read_maps(r, child, &vm->maps, &vm->map_count, true);
    child = find_from(xml_next(child), "virtual_machine");
    if (child != NULL) {
        bad_element(r, child->name, child->at, "give it a protection domain of its own",
                    "a protection domain has one virtual machine only");
    }
}
