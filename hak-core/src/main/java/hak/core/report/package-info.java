/** What a stack says about itself: its ledger, what observers counted, its parts for walkers. */
package hak.core.report;
