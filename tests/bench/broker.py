"""`./dev bench broker`: runs among seeded faults of a broker, told one by one."""

from tests.daemon.feed.histories import main

if __name__ == "__main__":
    main()
