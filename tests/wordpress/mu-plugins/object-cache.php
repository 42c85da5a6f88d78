<?php
/**
 * A persistent object cache, as small as WordPress's drop-in can be: a file for each group of each site under the site's
 * own folder. Made for tests; nothing in it is fast.
 */

class WP_Object_Cache {
	/** @var array<string, array<string, mixed>> */
	private array $groups = array();
	/** @var array<string, true> */
	private array $local = array();
	/** @var array<string, true> */
	private array $global = array();
	private string $site  = '1';

	public function file( string $group ): string {
		$name = isset( $this->global[ $group ] ) ? $group : $this->site . '.' . $group;
		return dirname( ABSPATH ) . '/run/object-cache/' . rawurlencode( $name );
	}
	private function &load( string $group ): array {
		$file = $this->file( $group );
		if ( ! isset( $this->groups[ $file ] ) ) {
			$kept                  = isset( $this->local[ $group ] ) ? false : @file_get_contents( $file );
			$this->groups[ $file ] = false === $kept ? array() : (array) unserialize( $kept );
		}
		return $this->groups[ $file ];
	}
	private function save( string $group ): void {
		if ( ! isset( $this->local[ $group ] ) ) {
			is_dir( dirname( $this->file( $group ) ) ) || @mkdir( dirname( $this->file( $group ) ), 0777, true );
			file_put_contents( $this->file( $group ), serialize( $this->load( $group ) ), LOCK_EX );
		}
	}
	public function get( $key, $group, &$found ) {
		$found = array_key_exists( (string) $key, $this->load( $group ) );
		$value = $found ? $this->load( $group )[ $key ] : false;
		return is_object( $value ) ? clone $value : $value;
	}
	public function set( $key, $value, $group, $mode = 'set' ): bool {
		$there = array_key_exists( (string) $key, $this->load( $group ) );
		if ( ( 'add' === $mode && ( $there || wp_suspend_cache_addition() ) ) || ( 'replace' === $mode && ! $there ) ) {
			return false;
		}
		$this->load( $group )[ $key ] = is_object( $value ) ? clone $value : $value;
		$this->save( $group );
		return true;
	}
	public function delete( $key, $group ): bool {
		unset( $this->load( $group )[ $key ] );
		$this->save( $group );
		return true;
	}
	public function flush(): bool {
		array_map( 'unlink', glob( dirname( ABSPATH ) . '/run/object-cache/*' ) ?: array() );
		$this->groups = array();
		return true;
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
function wp_cache_get( $key, $group = '', $force = false, &$found = null ) { return $GLOBALS['wp_object_cache']->get( $key, $group ?: 'default', $found ); }
function wp_cache_set( $key, $data, $group = '', $expire = 0 ) { return $GLOBALS['wp_object_cache']->set( $key, $data, $group ?: 'default' ); }
function wp_cache_add( $key, $data, $group = '', $expire = 0 ) { return $GLOBALS['wp_object_cache']->set( $key, $data, $group ?: 'default', 'add' ); }
function wp_cache_replace( $key, $data, $group = '', $expire = 0 ) { return $GLOBALS['wp_object_cache']->set( $key, $data, $group ?: 'default', 'replace' ); }
function wp_cache_delete( $key, $group = '' ) { return $GLOBALS['wp_object_cache']->delete( $key, $group ?: 'default' ); }
function wp_cache_incr( $key, $offset = 1, $group = '' ) { $now = max( 0, (int) wp_cache_get( $key, $group ) + $offset ); wp_cache_set( $key, $now, $group ); return $now; }
function wp_cache_decr( $key, $offset = 1, $group = '' ) { return wp_cache_incr( $key, -$offset, $group ); }
function wp_cache_flush() { return $GLOBALS['wp_object_cache']->flush(); }
function wp_cache_close() { return true; }
function wp_cache_switch_to_blog( $blog_id ) { $GLOBALS['wp_object_cache']->switch_to( (int) $blog_id ); }
function wp_cache_add_global_groups( $groups ) { $GLOBALS['wp_object_cache']->keep_global( (array) $groups ); }
function wp_cache_add_non_persistent_groups( $groups ) { $GLOBALS['wp_object_cache']->keep_local( (array) $groups ); }
