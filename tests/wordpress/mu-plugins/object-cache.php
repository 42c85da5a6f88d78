<?php
/**
 * A persistent object cache, as small as WordPress's drop-in can be: each entry a string in the site's own Redis, each request
 * with a memory of what it has read. Made for tests.
 */

class WP_Object_Cache {
	private Redis $redis;
	/** @var array<string, mixed> */
	private array $read = array();
	/** @var array<string, true> */
	private array $local = array();
	/** @var array<string, true> */
	private array $global = array();
	private string $site  = '1';

	public function __construct() {
		$this->redis = new Redis();
		$this->redis->connect( '127.0.0.1', (int) file_get_contents( dirname( ABSPATH ) . '/run/redis.port' ) );
	}
	private function name( $key, string $group ): string {
		return ( isset( $this->global[ $group ] ) ? '' : $this->site ) . ':' . $group . ':' . $key;
	}
	public function get( $key, string $group, bool $force, &$found ) {
		$name = $this->name( $key, $group );
		if ( ! array_key_exists( $name, $this->read ) || ( $force && ! isset( $this->local[ $group ] ) ) ) {
			$kept = isset( $this->local[ $group ] ) ? false : $this->redis->get( $name );
			if ( false === $kept ) {
				$found = false;
				return false;
			}
			$this->read[ $name ] = unserialize( $kept );
		}
		$found = true;
		$value = $this->read[ $name ];
		return is_object( $value ) ? clone $value : $value;
	}
	public function set( $key, $value, string $group, int $seconds, string $mode = 'set' ): bool {
		$this->get( $key, $group, false, $there );
		if ( ( 'add' === $mode && ( $there || wp_suspend_cache_addition() ) ) || ( 'replace' === $mode && ! $there ) ) {
			return false;
		}
		$name                = $this->name( $key, $group );
		$this->read[ $name ] = is_object( $value ) ? clone $value : $value;
		return isset( $this->local[ $group ] ) || $this->redis->set( $name, serialize( $value ), $seconds > 0 ? $seconds : null );
	}
	public function delete( $key, string $group ): bool {
		$name = $this->name( $key, $group );
		unset( $this->read[ $name ] );
		return isset( $this->local[ $group ] ) || $this->redis->del( $name ) > 0;
	}
	public function flush(): bool {
		$this->read = array();
		return $this->redis->flushDB();
	}
	public function keep_local( array $groups ): void {
		$this->local += array_fill_keys( $groups, true );
	}
	public function keep_global( array $groups ): void {
		$this->global += array_fill_keys( $groups, true );
	}
	public function switch_to( int $site ): void {
		$this->site = (string) $site;
	}
}

function wp_cache_init() { $GLOBALS['wp_object_cache'] = new WP_Object_Cache(); }
function wp_cache_get(
	$key,
	$group = '',
	$force = false,
	&$found = null
) { return $GLOBALS['wp_object_cache']->get( $key, $group ?: 'default', $force, $found ); }
function wp_cache_set(
	$key,
	$data,
	$group = '',
	$expire = 0
) { return $GLOBALS['wp_object_cache']->set( $key, $data, $group ?: 'default', (int) $expire ); }
function wp_cache_add(
	$key,
	$data,
	$group = '',
	$expire = 0
) { return $GLOBALS['wp_object_cache']->set( $key, $data, $group ?: 'default', (int) $expire, 'add' ); }
function wp_cache_replace(
	$key,
	$data,
	$group = '',
	$expire = 0
) { return $GLOBALS['wp_object_cache']->set( $key, $data, $group ?: 'default', (int) $expire, 'replace' ); }
function wp_cache_delete( $key, $group = '' ) { return $GLOBALS['wp_object_cache']->delete( $key, $group ?: 'default' ); }
function wp_cache_incr(
	$key,
	$offset = 1,
	$group = ''
) { $now = max( 0, (int) wp_cache_get( $key, $group ) + $offset ); wp_cache_set( $key, $now, $group ); return $now; }
function wp_cache_decr( $key, $offset = 1, $group = '' ) { return wp_cache_incr( $key, -$offset, $group ); }
function wp_cache_flush() { return $GLOBALS['wp_object_cache']->flush(); }
function wp_cache_close() { return true; }
function wp_cache_switch_to_blog( $blog_id ) { $GLOBALS['wp_object_cache']->switch_to( (int) $blog_id ); }
function wp_cache_add_global_groups( $groups ) { $GLOBALS['wp_object_cache']->keep_global( (array) $groups ); }
function wp_cache_add_non_persistent_groups( $groups ) { $GLOBALS['wp_object_cache']->keep_local( (array) $groups ); }
