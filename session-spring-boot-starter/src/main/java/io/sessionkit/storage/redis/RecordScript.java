package io.sessionkit.storage.redis;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.ReturnType;

/**
 * The one script that writes. It sees the stored record's header only, replaces value and
 * life in one SET, and compares versions as text, since a number of Lua is a double.
 */
final class RecordScript {

	/** What is expected instead of a version where there must be no record. */
	static final String ABSENT = "-";

	static final long GONE = 0;

	static final long WRITTEN = 1;

	/**
	 * At its {@code maxmemory} Redis refuses to begin with what could grow, but not to go
	 * on after a DEL: so a record that does not grow, a tombstone above all, is written
	 * even then. A key that holds another type holds no record.
	 */
	private static final String TEXT = """
			local header = redis.pcall('GETRANGE', KEYS[1], 0, 63)
			if type(header) == 'table' then
			  if not string.find(header.err, 'WRONGTYPE', 1, true) then return header end
			  header = ''
			end
			local version, expires = string.match(header, '^sessionkit1 (%d+) (%-?%d+) ')
			if not version or tonumber(expires) <= tonumber(ARGV[2]) then
			  version = '-'
			end
			if version ~= ARGV[1] then
			  if version == '-' then return 0 else return 2 end
			end
			local done = redis.pcall('SET', KEYS[1], ARGV[4], 'PX', ARGV[3])
			if done.err then
			  if not string.find(done.err, 'OOM', 1, true)
			      or redis.call('STRLEN', KEYS[1]) < string.len(ARGV[4]) then
			    return done
			  end
			  redis.call('DEL', KEYS[1])
			  redis.call('SET', KEYS[1], ARGV[4], 'PX', ARGV[3])
			end
			return 1
			""";

	private static final RedisScript SCRIPT = new RedisScript(TEXT);

	private RecordScript() {
	}

	/**
	 * Runs the script.
	 * @param expected the version that must be stored, or {@link #ABSENT}
	 * @param now epoch milliseconds; from this moment on a stored record has expired
	 * @param life milliseconds, at least 1
	 * @return {@link #GONE}, {@link #WRITTEN}, or anything else where another version is
	 * stored
	 */
	static long run(RedisConnection connection, byte[] key, String expected, long now, long life, byte[] value) {
		return SCRIPT.<Long>run(connection, ReturnType.INTEGER, 1, key, RedisScript.ascii(expected),
				RedisScript.ascii(now), RedisScript.ascii(life), value);
	}

}
