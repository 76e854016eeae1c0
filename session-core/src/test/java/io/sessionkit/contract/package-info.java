/**
 * What every strategy and every storage owes, as tests to extend. Strategies of your own
 * prove themselves by {@link io.sessionkit.contract.StrategyContract} and
 * {@link io.sessionkit.contract.RecordStorageContract}.
 */
@NullMarked
package io.sessionkit.contract;

import org.jspecify.annotations.NullMarked;
