package hak.core.spi;

/**
 * Something a profile can name. Every box is a record: the JIT compiler trusts the final fields of
 * records, so that in a specialised stack its options and offsets are constants of the machine
 * code.
 */
public sealed interface Box
    permits FreeGuard,
        LargeTier,
        Learner,
        Observer,
        SiteRules,
        SizeTier,
        SlabPlacement,
        SuperslabSource,
        ThreadCache {}
