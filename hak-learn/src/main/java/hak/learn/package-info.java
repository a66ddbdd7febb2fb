/**
 * Algorithms that learn: estimates of streams ({@link hak.learn.Quantile}, {@link
 * hak.learn.SizePeaks}, {@link hak.learn.PageHinkley}, {@link hak.learn.Adwin}), choices among arms
 * ({@link hak.learn.Ucb1}, {@link hak.learn.ThompsonSampling}, {@link hak.learn.Elo}), control
 * ({@link hak.learn.Pid}, {@link hak.learn.Hysteresis}, {@link hak.learn.Cooldown}), division of a
 * budget ({@link hak.learn.FairShare}, {@link hak.learn.WaterFilling}), and the life of a decision
 * ({@link hak.learn.LifeCycle}). On the JDK alone; everybody may call them.
 */
package hak.learn;
