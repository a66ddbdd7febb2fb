/**
 * Race tests under jcstress, one class for each pair of operations that may meet. Each class says
 * which outcomes there may be; anything else is forbidden.
 */
package hak.races;
