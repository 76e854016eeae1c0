package io.sessionkit.storage.jdbc;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.StrategyFactory;
import io.sessionkit.contract.TwoProcessContract;
import org.jspecify.annotations.Nullable;

/** Two processes share one database. */
class PostgresTwoProcessTests extends TwoProcessContract {

	@Override
	protected Class<? extends StrategyFactory> factory() {
		return Factory.class;
	}

	@Override
	protected List<String> arguments() {
		return List.of(Postgres.shared().url());
	}

	/** Each process has a pool of its own, and both create the table. */
	public static final class Factory implements StrategyFactory {

		private @Nullable HikariDataSource pool;

		@Override
		public SessionIdStorageStrategy strategy(List<String> arguments) {
			HikariConfig config = new HikariConfig();
			config.setJdbcUrl(arguments.get(0));
			config.setMaximumPoolSize(4);
			this.pool = new HikariDataSource(config);
			JdbcStorageStrategy strategy = new JdbcStorageStrategy(this.pool, "two_processes", Duration.ofSeconds(5),
					Duration.ZERO, InstantSource.system());
			strategy.createTable();
			return strategy;
		}

		@Override
		public void close() {
			if (this.pool != null) {
				this.pool.close();
			}
		}

	}

}
