package hak.store.peers;

/** What is timed, in the order in which a round does it. */
enum Operation {
  PUT("put"),
  GET("get"),
  GET_AND_SUM("get, sum all bytes"),
  DELETE("delete");

  private final String title;

  Operation(String title) {
    this.title = title;
  }

  /** What reports call it. */
  String title() {
    return title;
  }
}
