/* SPDX-License-Identifier: BSD-2-Clause */
#include "attr.h"

#define FIELD(f) offsetof(struct sk_system_irq, f)

enum { IOAPIC_VECTOR_MAX = 107 };

static void read_trigger(struct reader *r, const struct xml_node *n,
                         const struct xml_attr *attr, void *out)
{
    static const char *const words[] = {"level", "edge", NULL};
    struct sk_system_irq *irq = out;

    irq->trigger_at = attr->value_at;
    irq->is_edge = read_word(r, n, attr, words) == 1;
}

static void read_polarity(struct reader *r, const struct xml_node *n,
                          const struct xml_attr *attr, void *out)
{
    static const char *const words[] = {"high", "low", NULL};

    ((struct sk_system_irq *)out)->is_low = read_word(r, n, attr, words) == 1;
}

static void read_pcidev(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
                        void *out)
{
    struct sk_system_irq *irq = out;

    irq->pcidev = (struct sk_system_text){attr->value, attr->value_at};
    (void)read_pci(r, n, attr, &irq->pci_bus, &irq->pci_device, &irq->pci_function);
}

static void only_x86(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
                     void *out)
{
    (void)out;
    bad_attr(r, n->name, attr->name, attr->at, "<irq irq=\"33\" id=\"0\" />",
             "interrupts have it on x86 only, and the board is %s", r->limits->board);
}

static void only_numbered(struct reader *r, const struct xml_node *n,
                          const struct xml_attr *attr, void *out)
{
    (void)out;
    bad_attr(r, n->name, attr->name, attr->at, "<irq pin=\"4\" vector=\"0\" id=\"0\" />",
             "interrupts have no number on x86, and the board is %s", r->limits->board);
}

#define ID_RULES                                                                               \
    {"id",          ATTR_DECIMAL, true, FIELD(id), .max = SK_SYSTEM_EXTENDED_CHANNELS_MAX - 1, \
     .example = "0"},                                                                          \
    {                                                                                          \
        "setvar_id", ATTR_TEXT, false, FIELD(setvar_id), .example = "irq_id"                   \
    }

static const struct attr_rule numbered[] = {
    ID_RULES,
    {"irq", ATTR_DECIMAL, true, FIELD(irq), .max = UINT32_MAX, .example = "33"},
    {"trigger", ATTR_SPECIAL, .read = read_trigger, .example = "edge"},
    {"pin", ATTR_SPECIAL, .read = only_x86},
    {"vector", ATTR_SPECIAL, .read = only_x86},
    {"ioapic", ATTR_SPECIAL, .read = only_x86},
    {"polarity", ATTR_SPECIAL, .read = only_x86},
    {"pcidev", ATTR_SPECIAL, .read = only_x86},
    {"handle", ATTR_SPECIAL, .read = only_x86},
};

static const struct attr_rule ioapic[] = {
    ID_RULES,
    {"pin", ATTR_DECIMAL, true, FIELD(pin), .max = UINT32_MAX, .example = "4"},
    {"vector", ATTR_DECIMAL, true, FIELD(vector), .max = IOAPIC_VECTOR_MAX, .example = "0"},
    {"ioapic", ATTR_DECIMAL, false, FIELD(ioapic), .max = UINT32_MAX, .example = "0"},
    {"trigger", ATTR_SPECIAL, .read = read_trigger, .example = "edge"},
    {"polarity", ATTR_SPECIAL, .read = read_polarity, .example = "low"},
    {"irq", ATTR_SPECIAL, .read = only_numbered},
};

static const struct attr_rule msi[] = {
    ID_RULES,
    {"pcidev", ATTR_SPECIAL, true, .read = read_pcidev, .example = "00:1f.2"},
    {"handle", ATTR_DECIMAL, true, FIELD(handle), .max = UINT32_MAX, .example = "0"},
    {"vector", ATTR_DECIMAL, true, FIELD(vector), .max = IOAPIC_VECTOR_MAX, .example = "0"},
    {"irq", ATTR_SPECIAL, .read = only_numbered},
};

static void read_irq(struct reader *r, const struct xml_node *n, struct sk_system_irq *irq)
{
    irq->at = irq->trigger_at = n->at;
    irq->pcidev.at = n->at;
    if (r->limits->isa != SK_SDF_X86_64) {
        irq->kind = SK_SYSTEM_IRQ_NUMBER;
        read_attrs(r, n, RULES(numbered), irq);
    } else if (xml_attr(n, "pcidev") != NULL) {
        irq->kind = SK_SYSTEM_IRQ_MSI;
        read_attrs(r, n, RULES(msi), irq);
    } else {
        irq->kind = SK_SYSTEM_IRQ_IOAPIC;
        read_attrs(r, n, RULES(ioapic), irq);
    }
    check_children(r, n, "");
}

void read_irqs(struct reader *r, const struct xml_node *n, struct sk_system_domain *d)
{
    d->irqs = TAKE(r, struct sk_system_irq, count_children(n, "irq"));
    FOR_CHILDREN(child, n, "irq")
    {
        struct sk_system_irq *irq = &d->irqs[d->irq_count++];
        irq->domain = d;
        read_irq(r, child, irq);
        if (irq->setvar_id.value != NULL) {
            add_setvar(r, d, SK_SYSTEM_SETVAR_ID, child->name, "setvar_id", &irq->setvar_id)
                ->value = irq->id.value;
        }
    }
}
