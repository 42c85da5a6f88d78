/*
 * A thread-safe PHP with many requests at once, as FrankenPHP has them: each thread runs one script again and again.
 *
 *     threads PHP.INI SCRIPT THREADS ROUNDS        ends in 0 where the script returned true every time
 *
 * Built against an embed library of PHP (packaging/matrix/zts.sh).
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include <sapi/embed/php_embed.h>

static char code[4096];
static int rounds;
static int wrong;
static pthread_mutex_t counting = PTHREAD_MUTEX_INITIALIZER;

static void failed(const char *what) {
  pthread_mutex_lock(&counting);
  wrong++;
  fprintf(stderr, "threads: %s\n", what);
  pthread_mutex_unlock(&counting);
}

static void one_request(void) {
  zval result;
  ZVAL_UNDEF(&result);
  if (php_request_startup() == FAILURE) {
    failed("a request did not start");
    return;
  }
  zend_first_try {
    if (zend_eval_string_ex(code, &result, "thread", true) == FAILURE || Z_TYPE(result) != IS_TRUE) {
      failed("the script did not return true");
    }
  } zend_catch {
    failed("the script was ended");
  } zend_end_try();
  zval_ptr_dtor(&result);
  php_request_shutdown(NULL);
}

static void *work(void *unused) {
  (void)unused;
  ts_resource(0);
  for (int round = 0; round < rounds; round++) {
    one_request();
  }
  ts_free_thread();
  return NULL;
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "threads PHP.INI SCRIPT THREADS ROUNDS\n");
    return 2;
  }
  snprintf(code, sizeof code, "require '%s'", argv[2]);
  int count = atoi(argv[3]);
  rounds = atoi(argv[4]);
  pthread_t *threads = calloc(count, sizeof *threads);
  php_embed_module.php_ini_path_override = argv[1];
  if (threads == NULL || php_embed_init(1, argv) == FAILURE) {
    return 2;
  }
  for (int i = 0; i < count; i++) {
    if (pthread_create(&threads[i], NULL, work, NULL) != 0) {
      return 2;
    }
  }
  for (int i = 0; i < count; i++) {
    pthread_join(threads[i], NULL);
  }
  php_embed_shutdown();
  free(threads);
  printf("%d threads, %d requests each, %d wrong\n", count, rounds, wrong);
  return wrong == 0 ? 0 : 1;
}
