using System.Net;

namespace MailDns.TestSupport;

public sealed class LoopbackDnsServerOptions
{
    /// <summary>A loopback address; IPv6 as <see cref="IPAddress.IPv6Loopback"/>.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Zero: a free one, the same for UDP and TCP.</summary>
    public int Port { get; init; }

    public TcpMode Tcp { get; init; }

    /// <summary>Of every random draw: loss, delay, IDs.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Off for measurements: the log allocates and grows.</summary>
    public bool LogQueries { get; init; } = true;

    /// <summary>Counts questions that have been asked before: memory for each name, and much less than the log.</summary>
    public bool CountRepeats { get; init; }

    /// <summary>Of how many different questions there is room from the start: making room later holds up all answers meanwhile.</summary>
    public int ExpectedQuestions { get; init; }

    /// <summary>Reads what comes within a millisecond together, as network cards do: for measurements, where the server must leave the processor to the clients.</summary>
    public bool Coalesce { get; init; }

    /// <summary>The largest UDP answer, whatever the client's EDNS buffer size.</summary>
    public int MaxUdpPayload { get; init; } = 4096;
}
