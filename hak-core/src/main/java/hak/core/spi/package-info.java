/**
 * What a box implements and what it is given. A box is a record that implements one role ({@link
 * hak.core.spi.ThreadCache}, {@link hak.core.spi.SizeTier}, {@link hak.core.spi.LargeTier}, {@link
 * hak.core.spi.SuperslabSource}, {@link hak.core.spi.SlabPlacement}, {@link
 * hak.core.spi.FreeGuard}, {@link hak.core.spi.Observer}, {@link hak.core.spi.SiteRules}, {@link
 * hak.core.spi.Learner}) and a {@link hak.core.spi.BoxProvider} that names it. Box authors read
 * this package first.
 */
package hak.core.spi;
