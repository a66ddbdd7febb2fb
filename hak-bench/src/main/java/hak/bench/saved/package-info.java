/**
 * Figures that were kept, and later ones held against them: {@link hak.bench.saved.Figures} takes
 * them from reports, {@link hak.bench.saved.SavedFile} keeps them as lines of JSON, and {@link
 * hak.bench.saved.Baseline} compares.
 */
package hak.bench.saved;
