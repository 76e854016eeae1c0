package io.sessionkit.storage.redis;

/**
 * The scripts over a record that a peer shares. The first key is the record, the second
 * the tombstone, which is of the same slot and which the peer does not know.
 */
final class SharedRedisScripts {

	/** What is expected instead of a version where there must be no record. */
	static final String ABSENT = "-";

	static final long GONE = 0;

	static final long WRITTEN = 1;

	/**
	 * Returns the kind (0 nothing, 1 record, 2 tombstone, 3 what is no string and so none
	 * of the peer's), the time to live in milliseconds, and the body.
	 */
	static final RedisScript READ = new RedisScript("""
			local ended = redis.call('PTTL', KEYS[2])
			if ended ~= -2 then return {2, ended, redis.call('GET', KEYS[2]) or ''} end
			local body = redis.pcall('GET', KEYS[1])
			if type(body) == 'table' and not string.find(body.err, 'WRONGTYPE', 1, true) then return body end
			if type(body) ~= 'string' then return {body and 3 or 0, 0, ''} end
			return {1, redis.call('PTTL', KEYS[1]), body}
			""");

	/**
	 * Writes a body, or what is none but a tombstone, if what is stored has the hash that
	 * is expected. A tombstone, and a record that does not grow, are written also at
	 * {@code maxmemory}, where Redis goes on after a DEL.
	 */
	static final RedisScript WRITE = new RedisScript("""
			if redis.call('EXISTS', KEYS[2]) == 1 then return 2 end
			local body = redis.pcall('GET', KEYS[1])
			if type(body) == 'table' and not string.find(body.err, 'WRONGTYPE', 1, true) then return body end
			local present = type(body) == 'string'
			if ARGV[1] == '-' then
			  if present then return 2 end
			elseif not present then
			  return 0
			elseif string.sub(redis.sha1hex(body), 1, 15) ~= ARGV[1] then
			  return 2
			end
			if ARGV[3] == '' or string.sub(ARGV[3], 1, 1) == '>' then
			  redis.call('DEL', KEYS[1])
			  redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[2])
			  return 1
			end
			local done = redis.pcall('SET', KEYS[1], ARGV[3], 'PX', ARGV[2])
			if done.err then
			  if not string.find(done.err, 'OOM', 1, true) or not present or #body < #ARGV[3] then
			    return done
			  end
			  redis.call('DEL', KEYS[1])
			  redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[2])
			end
			return 1
			""");

	private SharedRedisScripts() {
	}

}
