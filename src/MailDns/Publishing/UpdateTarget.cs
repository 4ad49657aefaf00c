using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Cryptography;
using MailDns.Adapters;

namespace MailDns.Publishing;

/// <summary>
/// A server that takes dynamic updates (RFC 2136), signed with a shared key (RFC 8945). The changes of a zone go in one
/// message, which the server carries out whole or not at all, and only while every set is what the plan was made from; those
/// that are too many for one go in several.
/// </summary>
internal sealed class UpdateTarget : IRecordTarget
{
    private readonly TsigKey? _key;
    private readonly CancellationToken _stop;
    private readonly IDnsResolver _resolver;
    private readonly UpdateSender _sender;

    public UpdateTarget(IPEndPoint server, TsigKey? key, TimeSpan timeout, CancellationToken stop)
    {
        _key = key;
        _stop = stop;
        _sender = new UpdateSender(new UpdateExchange(server, timeout), key, UpdateExchange.NewId, static () => DateTimeOffset.UtcNow);
        Description = "server " + server + (key is null ? ", unsigned" : ", key " + key.Name);

        // No cache: what is read is what the server has now.
        _resolver = AdapterFactory.CreateResolver(new DnsClientOptions { Servers = new[] { server }, Timeout = timeout });
    }

    public string Description { get; }
    public bool HasFirstStringOnly => false;

    public void Dispose() => _key?.Dispose();

    public IDnsResolver CreateResolver(IReadOnlyCollection<DomainName> zones) => _resolver;

    public string? FindObstacle(RecordSetChange set) => UpdateSender.FindObstacle(set);

    public IReadOnlyList<IReadOnlyList<RecordSetChange>> Divide(IReadOnlyList<RecordSetChange> sets) => UpdateSender.Divide(sets);

    public bool IsSame(ResourceRecord planned, ResourceRecord actual) => RecordEquality.IsSameData(planned, actual);

    public IReadOnlyList<ResourceRecord> Read(RecordSetState key)
    {
        try
        {
            return Wait(() => new NodeReader(_resolver, _stop).ReadSetAsync(key.Owner, key.Zone, key.Type, RecordPurpose.Other)).Records;
        }
        catch (NodeReadException exception)
        {
            throw new TargetException(exception.Message, inner: exception);
        }
    }

    public void Write(DomainName zone, IReadOnlyList<RecordSetChange> sets) => Wait(async () =>
    {
        await _sender.SendAsync(zone, sets, _stop).ConfigureAwait(false);
        return true;
    });

    private T Wait<T>(Func<Task<T>> work)
    {
        Task<T> task = Task.Run(work, _stop);
        try
        {
#pragma warning disable VSTHRD002 // The pipeline's thread has to wait somewhere; the work runs on the pool and needs no context.
            task.Wait(_stop);
            return task.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new System.Management.Automation.PipelineStoppedException();
        }
        catch (AggregateException aggregate) when (aggregate.InnerExceptions.Count == 1)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(aggregate.InnerException!).Throw();
            throw;
        }
    }
}

/// <summary>Sends one message over TCP and reads one answer (RFC 1035 section 4.2.2, RFC 2136 section 2.1).</summary>
internal sealed class UpdateExchange(IPEndPoint server, TimeSpan timeout) : IMessageExchange
{
    public string Server => server.ToString();

    /// <summary>A number for a message that nobody can guess.</summary>
    public static ushort NewId()
    {
        var octets = new byte[2];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(octets);
        return (ushort)((octets[0] << 8) | octets[1]);
    }

    public async Task<byte[]> SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        using var client = new TcpClient(server.AddressFamily);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);

        // Closing the socket is what ends a wait on it on every edition.
        using CancellationTokenRegistration close = limit.Token.Register(client.Dispose);
        try
        {
            await client.ConnectAsync(server.Address, server.Port).ConfigureAwait(false);
            NetworkStream stream = client.GetStream();
            byte[] framed = TcpFrame.Wrap(message);
            await stream.WriteAsync(framed, 0, framed.Length, limit.Token).ConfigureAwait(false);
            byte[] header = await ReadAsync(stream, TcpFrame.HeaderLength, limit.Token).ConfigureAwait(false);
            return await ReadAsync(stream, TcpFrame.LengthOf(header), limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (limit.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException("no answer within " + timeout.TotalSeconds + " s.", exception);
        }
        catch (SocketException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    private static async Task<byte[]> ReadAsync(NetworkStream stream, int count, CancellationToken cancellationToken)
    {
        var octets = new byte[count];
        for (int read = 0; read < count;)
        {
            int more = await stream.ReadAsync(octets, read, count - read, cancellationToken).ConfigureAwait(false);
            read += more > 0 ? more : throw new IOException("the server closed the connection.");
        }

        return octets;
    }
}

/// <summary>The key of dynamic updates from a file or a credential: it never stands on a command line or in a message.</summary>
internal static class TsigKeySource
{
    /// <summary>The key of a file as tsig-keygen writes it.</summary>
    /// <exception cref="FormatException">It holds no key.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Everybody may read or change it.</exception>
    public static TsigKey FromFile(PSCmdlet cmdlet, string path)
    {
        string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        if (!string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException("-TsigKeyPath must be a path of the file system.");

        string text = KeyFile.Read(full);
        if (IsOpenToOthers(full))
        {
            throw new UnauthorizedAccessException("The key file " + full + " can be read or changed by others: whoever has the key can change the zone. Let its owner, and at most a group, read it (chmod 640).");
        }

        return TsigKeyFile.Parse(text);
    }

    /// <summary>The key of a credential: user name and password are the key's name and its secret in base64.</summary>
    /// <exception cref="FormatException">They are none.</exception>
    public static TsigKey FromCredential(PSCredential credential, string algorithm)
    {
        if (!DomainName.TryParseDns(credential.UserName, out DomainName? name))
            throw new FormatException("The user name of -TsigKey is the key's name, a domain name.");

        char[] secret = Passphrase.Copy(credential.Password)!;
        try
        {
            return new TsigKey(name!, algorithm, TsigKeyFile.Secret(new string(secret)));
        }
        finally
        {
            Passphrase.Clear(secret);
        }
    }

    // File.GetUnixFileMode is there where PowerShell 7 runs, and means something outside Windows only.
    private static bool IsOpenToOthers(string path)
    {
        const int OtherRead = 4;
        const int OtherWrite = 2;
        MethodInfo? method = Path.DirectorySeparatorChar == '/' ? typeof(File).GetMethod("GetUnixFileMode", new[] { typeof(string) }) : null;
        return method?.Invoke(obj: null, new object[] { path }) is { } mode
            && (Convert.ToInt32(mode, System.Globalization.CultureInfo.InvariantCulture) & (OtherRead | OtherWrite)) != 0;
    }
}
