/**
 * How the blocks of each size class come and go, from statistics at the retire of slabs: {@link
 * hak.learn.pattern.PatternLearner} takes in {@link hak.learn.pattern.SlabUse}, names a {@link
 * hak.learn.pattern.Pattern} for each class, and says by {@link hak.learn.pattern.RouteCosts} who
 * should serve it. Everybody may call them.
 */
package hak.learn.pattern;
