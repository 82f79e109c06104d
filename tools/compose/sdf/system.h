/*
 * A system, as a Microkit system description (a .system file) describes it.
 *
 * <sdf.h> reads the file into this. What is here has passed every check that needs no ELF file:
 * names are resolved to pointers, defaults are filled in, numbers are in range, addresses do
 * not overlap. Later stages complain at the places kept here, by <diag.h>: every
 * attribute has its own, and one that was not written has its element's.
 *
 * The order of all arrays is that of the file. Domains are in pre-order: a parent comes before
 * its children, and the index of a domain is Microkit's number of it. Everything lies in the
 * arena that the file was read into.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../../base/source.h"

enum {
    SK_SYSTEM_DOMAINS_MAX = 63,            /* Microkit's */
    SK_SYSTEM_CHANNELS_MAX = 62,           /* Microkit's: ids are 0 to 61 */
    SK_SYSTEM_EXTENDED_DOMAINS_MAX = 1024, /* with extensions */
    SK_SYSTEM_EXTENDED_CHANNELS_MAX = 1024,
    SK_SYSTEM_USER_SLOTS = 64, /* of the root CNode; slot 0 is Microkit's own CNode */
    SK_SYSTEM_PAGE = 0x1000,
    SK_SYSTEM_LARGE_PAGE = 0x200000,
};

/* Values of attributes. is_given: the attribute was written; otherwise value is the default. */
struct sk_system_number {
    uint64_t value;
    struct place at; /* of the attribute's value */
    bool is_given;
    bool is_bad; /* it could not be read: an error, so never in a system that is returned */
};

struct sk_system_flag {
    bool value;
    bool is_given;
    struct place at;
};

struct sk_system_text {
    const char *value; /* NULL: not written */
    struct place at;
};

enum sk_system_perms {
    SK_SYSTEM_READ = 1,
    SK_SYSTEM_WRITE = 2,
    SK_SYSTEM_EXECUTE = 4,
};

/* Bootinfo that a region can be filled with; all but FDT are x86's. */
enum sk_system_bootinfo {
    SK_SYSTEM_BOOTINFO_NONE,
    SK_SYSTEM_BOOTINFO_X86_VBE,
    SK_SYSTEM_BOOTINFO_X86_MBMMAP,
    SK_SYSTEM_BOOTINFO_X86_ACPI_RSDP,
    SK_SYSTEM_BOOTINFO_X86_FRAMEBUFFER,
    SK_SYSTEM_BOOTINFO_X86_TSC_FREQ,
    SK_SYSTEM_BOOTINFO_FDT,
};

/* <memory_region> */
struct sk_system_region {
    struct place at;
    unsigned index;
    struct sk_system_text name;
    /* value 0 and not given: the size of the prefill file, rounded up to pages. */
    struct sk_system_number size;
    struct sk_system_number page_size; /* after promotion to 2 MiB, see is_promoted */
    struct sk_system_number phys_addr; /* is_given: at this address */
    struct sk_system_text prefill_path;
    enum sk_system_bootinfo prefill_bootinfo;
    struct sk_system_text prefill_bootinfo_name;
    bool is_promoted;   /* to large pages, since size and all addresses allow it */
    bool is_device;     /* at an address that is a device's, if the board's are known */
    bool needs_address; /* a setvar region_paddr asks where it is: make it contiguous */
    size_t use_count;   /* maps, iomaps and setvars of it */
};

/* <map>, of a domain or a virtual machine */
struct sk_system_map {
    struct place at;
    struct sk_system_text mr;
    struct sk_system_region *region;
    struct sk_system_number vaddr;
    unsigned perms; /* enum sk_system_perms */
    struct place perms_at;
    struct sk_system_flag cached;
    struct sk_system_text setvar_vaddr; /* of a domain's only; see setvars */
    struct sk_system_text setvar_size;
    struct sk_system_text setvar_prefill_size;
};

enum sk_system_irq_kind {
    SK_SYSTEM_IRQ_NUMBER, /* Arm, RISC-V: irq */
    SK_SYSTEM_IRQ_IOAPIC, /* x86 */
    SK_SYSTEM_IRQ_MSI,    /* x86 */
};

/* <irq> */
struct sk_system_irq {
    struct place at;
    struct sk_system_domain *domain; /* who receives it */
    enum sk_system_irq_kind kind;
    struct sk_system_number id; /* in the same space as the ids of channels */
    struct sk_system_number irq;
    bool is_edge;
    struct place trigger_at;
    struct sk_system_number pin, vector, ioapic; /* IOAPIC; MSI: vector */
    bool is_low;
    struct sk_system_text pcidev; /* MSI */
    unsigned pci_bus, pci_device, pci_function;
    struct sk_system_number handle;
    struct sk_system_text setvar_id;
};

/* <ioport>, x86 */
struct sk_system_ioport {
    struct place at;
    struct sk_system_number id, addr, size;
    struct sk_system_text setvar_id, setvar_addr;
};

/* <vcpu> */
struct sk_system_vcpu {
    struct place at;
    struct sk_system_number id;  /* in the same space as the ids of child domains */
    struct sk_system_number cpu; /* not given: that of the machine's domain */
    struct sk_system_text setvar_id;
};

/* <virtual_machine> */
struct sk_system_vm {
    struct place at;
    struct sk_system_domain *domain; /* its monitor */
    struct sk_system_text name;
    struct sk_system_number priority, budget_us, period_us;
    struct sk_system_vcpu *vcpus;
    size_t vcpu_count;
    struct sk_system_map *maps;
    size_t map_count;
};

/* What a <cspace> holds: Microkit's three, and with sk:cap all that can be granted. */
enum sk_system_cap_kind {
    SK_SYSTEM_CAP_TCB,
    SK_SYSTEM_CAP_SC,
    SK_SYSTEM_CAP_VSPACE,
    SK_SYSTEM_CAP_CNODE,        /* the CNode that Microkit's own slots are in */
    SK_SYSTEM_CAP_NOTIFICATION, /* that a domain is notified by */
    SK_SYSTEM_CAP_ENDPOINT, /* that a domain is called at; of may name one without channels */
    SK_SYSTEM_CAP_REPLY,
    SK_SYSTEM_CAP_IRQ,   /* handler of an <irq> */
    SK_SYSTEM_CAP_FRAME, /* all frames of a region, in consecutive slots */
};

/* Rights of a granted capability. */
enum sk_system_rights {
    SK_SYSTEM_RIGHT_READ = 1,
    SK_SYSTEM_RIGHT_WRITE = 2,
    SK_SYSTEM_RIGHT_GRANT = 4,
    SK_SYSTEM_RIGHT_GRANT_REPLY = 8,
};

/* <cap_tcb>, <cap_sc>, <cap_vspace>, <sk:cap> */
struct sk_system_cap {
    struct place at;
    const char *element; /* its name */
    enum sk_system_cap_kind kind;
    bool has_kind;                   /* it could be read: always in a system that is returned */
    struct sk_system_number slot;    /* 1 to 63 */
    struct sk_system_text of;        /* the pd of Microkit's elements */
    struct sk_system_domain *domain; /* whose; IRQ: the holder of the irq; FRAME: NULL */
    struct sk_system_region *region; /* FRAME */
    struct sk_system_irq *irq;       /* IRQ */
    unsigned rights;                 /* all that the kind has, unless written */
    bool has_rights;                 /* they were written */
    struct place rights_at;
    struct sk_system_number badge; /* NOTIFICATION and ENDPOINT; 0: unbadged */
    size_t slot_count;             /* FRAME: one a page; else 1 */
};

/* <sk:untyped>: untyped memory that is handed over. */
struct sk_system_untyped {
    struct place at;
    struct sk_system_number slot;       /* the first of those that the untypeds take */
    struct sk_system_number slot_count; /* how many may be taken; default: to the end */
    struct sk_system_number bits_min;   /* smaller pieces stay with nobody */
    struct sk_system_number size;       /* bytes; is_rest: all that is left */
    bool is_rest;
    struct sk_system_flag device;       /* device memory, not RAM */
    struct sk_system_number info_vaddr; /* of the page that lists them; 0 and not given: none */
};

/* <sk:image_frames>: the frames of the initialiser's own image, which nothing else covers. */
struct sk_system_image_frames {
    struct place at;
    bool is_given;
    struct sk_system_number slot;
    struct sk_system_number slot_count;
};

enum sk_system_restart {
    SK_SYSTEM_RESTART_UNSAID, /* as Microkit: the monitor says what happened */
    SK_SYSTEM_RESTART_NEVER,
    SK_SYSTEM_RESTART_ALWAYS,
    SK_SYSTEM_RESTART_LIMITED, /* restart_limit times in restart_window_ms */
};

/* What a variable of a domain's ELF is to be set to. */
enum sk_system_setvar_kind {
    SK_SYSTEM_SETVAR_REGION_PADDR, /* <setvar symbol region_paddr>: of region */
    SK_SYSTEM_SETVAR_VADDR,        /* setvar_vaddr: of map */
    SK_SYSTEM_SETVAR_SIZE,         /* setvar_size: of region */
    SK_SYSTEM_SETVAR_PREFILL_SIZE, /* setvar_prefill_size: of region's file */
    SK_SYSTEM_SETVAR_ID,           /* setvar_id: value */
    SK_SYSTEM_SETVAR_IOPORT_ADDR,  /* setvar_addr: value */
};

struct sk_system_setvar {
    enum sk_system_setvar_kind kind;
    struct sk_system_text symbol;
    struct sk_system_region *region; /* or NULL */
    struct sk_system_map *map;       /* or NULL */
    uint64_t value;                  /* where the description decides it */
};

/* <protection_domain> */
struct sk_system_domain {
    struct place at;
    unsigned index;
    struct sk_system_domain *parent;    /* or NULL */
    struct sk_system_domain **children; /* own ones only, in order */
    size_t child_count;
    struct sk_system_text name;
    struct sk_system_number id;      /* of a child, in its parent */
    struct sk_system_text setvar_id; /* of a child: set in its parent */
    struct sk_system_number priority, budget_us, period_us;
    struct sk_system_number stack_size, cpu;
    struct sk_system_flag passive, smc, fpu;
    struct sk_system_text slice_name; /* the attribute domain */
    struct sk_system_slice *slice;    /* or NULL: no <domains> */
    struct place image_at;            /* <program_image> */
    struct sk_system_text image, image_for_symbols;
    struct sk_system_map *maps;
    size_t map_count;
    struct sk_system_irq *irqs;
    size_t irq_count;
    struct sk_system_ioport *ioports;
    size_t ioport_count;
    struct sk_system_setvar
        *setvars; /* all: those of the elements inside, of ends, of children */
    size_t setvar_count;
    struct sk_system_vm *vm; /* or NULL */
    bool has_cspace;         /* <cspace>, perhaps empty */
    struct place cspace_at;
    struct sk_system_cap *caps;
    size_t cap_count;
    bool is_called; /* some end of a channel calls it */
    /* extensions */
    struct sk_system_number channel_limit; /* sk:channels; default 62: ids are below it */
    enum sk_system_restart restart;
    unsigned restart_limit;
    struct place restart_at;
    struct sk_system_number restart_window_ms; /* 0: ever */
    /* sk:restore: a restart begins with the first state. The default in descriptions with
     * extensions, for domains that are restarted: children, and those with sk:restart. */
    struct sk_system_flag restore;
    struct sk_system_untyped *untypeds;
    size_t untyped_count;
    struct sk_system_image_frames image_frames;
};

/* <end> of a channel */
struct sk_system_end {
    struct place at;
    struct sk_system_text pd;
    struct sk_system_domain *domain;
    struct sk_system_number id;
    struct sk_system_flag pp;     /* may call the other end */
    struct sk_system_flag notify; /* may notify it */
    struct sk_system_text setvar_id;
};

/* <channel> */
struct sk_system_channel {
    struct place at;
    struct sk_system_end end[2];
};

/* <domain> of <domains>: what the kernel calls a domain is called a slice here. */
struct sk_system_slice {
    struct place at;
    struct sk_system_text name;
    struct sk_system_number id; /* given or chosen */
};

/* <schedule_entry> or <schedule_end_marker> */
struct sk_system_turn {
    struct place at;
    bool is_end;
    struct sk_system_text slice_name;
    struct sk_system_slice *slice;
    uint64_t duration;
    bool is_ticks; /* else microseconds */
    struct place duration_at;
};

/* <iomap>, x86 */
struct sk_system_iomap {
    struct place at;
    struct sk_system_text mr;
    struct sk_system_region *region;
    struct sk_system_number iovaddr;
    unsigned perms;
    struct place perms_at;
};

/* <io_address_space>, x86 */
struct sk_system_io_space {
    struct place at;
    struct sk_system_text name;
    struct sk_system_text peripheral_id;
    bool has_device; /* it could be read: always in a system that is returned */
    unsigned pci_bus, pci_device, pci_function;
    struct sk_system_number domain_id;
    struct sk_system_iomap *maps;
    size_t map_count;
};

struct sk_system {
    const struct source *source;
    bool has_extensions; /* xmlns:sk is there */
    struct sk_system_domain *domains;
    size_t domain_count;
    struct sk_system_region *regions;
    size_t region_count;
    struct sk_system_channel *channels;
    size_t channel_count;
    struct sk_system_io_space *io_spaces;
    size_t io_space_count;
    bool has_schedule;        /* <domains> */
    struct place schedule_at; /* <domains> */
    struct place turns_at;    /* <domain_schedule> */
    struct sk_system_slice *slices;
    size_t slice_count;
    struct sk_system_turn *turns;
    size_t turn_count;
    struct sk_system_number start_index, index_shift;
};

/*
 * Where things lie in a domain, on a machine whose highest user address is user_top: the IPC
 * buffer in the last page, an unmapped page below it, the stack below that.
 */
static inline uint64_t sk_system_ipc_buffer(uint64_t user_top)
{
    return user_top & ~(uint64_t)(SK_SYSTEM_PAGE - 1);
}

static inline uint64_t sk_system_stack_top(uint64_t user_top)
{
    return sk_system_ipc_buffer(user_top) - SK_SYSTEM_PAGE;
}

static inline uint64_t sk_system_stack_bottom(uint64_t user_top, uint64_t stack_size)
{
    return sk_system_stack_top(user_top) - stack_size;
}
